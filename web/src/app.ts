// The browser side of the workbench. Every page works without it; each module below adds one convenience and says
// what markup it listens to.
import "htmx.org";
import { startFonts } from "./fonts";
import { startForms } from "./forms";
import { startKeyBar } from "./keybar";
import { startKeys } from "./keys";
import { startList } from "./list";
import { startLive } from "./live";
import { startPalette } from "./palette";
import { startPassages } from "./passages";
import { startSelect } from "./select";

startFonts(document);
startPassages(document); // before the keys of the page
startKeys(document);
startKeyBar(document);
startPalette(document);
startList(document);
startForms(document);
startSelect(document);
startLive(document);
