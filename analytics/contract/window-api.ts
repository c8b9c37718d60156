import type { Packed } from './columns.ts';
import type { ErrorData, Outcome } from './errors.ts';
import type { EngineMessage, MethodInput, MethodName, MethodOutput } from './methods.ts';

/** News that reach the window without a call: from the engine, and from the shell around the window. */
export type WindowEvent =
  | Exclude<EngineMessage, { readonly kind: 'answer' }>
  /** The engine is making the workspace; calls wait until it stands. */
  | { readonly kind: 'preparing'; readonly dir: string }
  /** The engine has stopped and started again: what was running is lost, everything else may be asked anew. */
  | { readonly kind: 'restarted'; readonly error: ErrorData | null }
  /** A menu entry whose work belongs to the window. */
  | { readonly kind: 'command'; readonly command: WindowCommand };

export type WindowCommand = 'import' | 'export-review';

/** What the user may save; it decides the file ending offered. */
export type SaveKind = 'html' | 'csv' | 'json' | 'svg' | 'png' | 'sql' | 'md';

/** The part of a browser's `File` that the shell needs in order to find its path. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

export interface WindowPlatform {
  readonly os: 'linux' | 'macos' | 'windows';
  readonly appVersion: string;
  readonly electronVersion: string;
}

/** All that a window can do beyond drawing: `window.weir`. */
export interface WindowApi {
  readonly platform: WindowPlatform;
  /**
   * Asks the engine. Always resolves: a failure is an outcome with `ok: false`. The value comes as columns, to be unpacked.
   * `view` names who asks: a newer call of the same view and method cancels the older, whose error code is then `cancelled`.
   */
  call<Name extends MethodName>(
    method: Name,
    input: MethodInput<Name>,
    view: string,
  ): Promise<Outcome<Packed<MethodOutput<Name>>>>;
  /** Takes back what this view asked by this method; its answer is then an error with code `cancelled`, and the workspace as before. */
  cancel(method: MethodName, view: string): void;
  /** Hears all events from now on; gives the function that stops it. */
  onEvent(listener: (event: WindowEvent) => void): () => void;
  /** Lets the user choose extracts; their absolute paths, none where the dialog was closed. */
  pickFiles(): Promise<readonly string[]>;
  /** Lets the user choose the file of a source profile; its absolute path, null where the dialog was closed. */
  pickProfile(): Promise<string | null>;
  /** Lets the user choose any folder; its absolute path, null where the dialog was closed. */
  pickFolder(): Promise<string | null>;
  /** Lets the user choose a workspace folder, which this window then opens anew; its path, null where the dialog was closed. */
  pickWorkspace(): Promise<string | null>;
  /** Opens the sample workspace in this window, making it where there is none yet. */
  openSample(): Promise<void>;
  /** Lets the user choose where to save `text` (base64 for `png`) and writes it; the path, null where the dialog was closed. */
  saveFile(suggestedName: string, text: string, kind: SaveKind): Promise<string | null>;
  /** The absolute paths of files that were dropped onto the window; those that lie on no disk are left out. */
  pathsOfDroppedFiles(files: readonly DroppedFile[]): readonly string[];
}

declare global {
  interface Window {
    readonly weir: WindowApi;
  }
}
