// One file of script for what chooses words of a text, in a form and in the reader: both count letters the same way.
export { Chooser, typedNumbers } from "./chooser";
export { startPicked } from "./picked";
