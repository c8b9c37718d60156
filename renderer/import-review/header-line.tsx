import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface HeaderLineProps {
  readonly name: string;
  readonly line: number;
  readonly change: (line: number) => void;
}

/** The line of the header; taken once the field is left or Enter is pressed, not at every digit. */
export function HeaderLine({ name, line, change }: HeaderLineProps) {
  const [typed, setTyped] = useState<number | string>(line);
  const take = () => {
    if (typeof typed === 'number' && typed !== line && typed >= 1) change(typed);
    else setTyped(line);
  };
  return (
    <NumberInput
      size="xs"
      w={92}
      label="Header line"
      aria-label={`Header line of ${name}`}
      min={1}
      allowDecimal={false}
      value={typed}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}
