/** Writes the cases of `read-cases`: one table of our own, damaged in one way each, beside what is to be understood of it. */
import './dialects.ts';
import './headers.ts';
import './edges.ts';
import './rows.ts';
import './shapes.ts';
import './traps.ts';
