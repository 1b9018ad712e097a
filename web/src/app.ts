// The browser side of the workbench. Every page works without it; each module below adds one convenience and says
// what markup it listens to.
import "htmx.org";
import { startAdopt } from "./adopt";
import { startChoose } from "./choose";
import { startCopy } from "./copy";
import { startFocus } from "./focus";
import { startFonts } from "./fonts";
import { startForms } from "./forms";
import { startKeep } from "./keep";
import { startKeyBar } from "./keybar";
import { startKeys } from "./keys";
import { startList } from "./list";
import { startLive } from "./live";
import { startLooked } from "./looked";
import { startMembers } from "./members";
import { startMended } from "./mended";
import { startNarrow } from "./narrow";
import { startNeeds } from "./needs";
import { startNotices } from "./notices";
import { startOrder } from "./order";
import { startPalette } from "./palette";
import { startPanels } from "./panels";
import { startParts } from "./parts";
import { startPassages } from "./passages";
import { startPicks } from "./picks";
import { startPlaced } from "./placed";
import { startPresence } from "./presence";
import { startQuiet } from "./quiet";
import { startReader } from "./reader";
import { startSelect } from "./select";
import { startUnfold } from "./unfold";
import { startDrop } from "./drop";
import { startUnkept } from "./unkept";
import { startVerdict } from "./verdict";
import { startZone } from "./zone";

startQuiet();
startFonts(document);
startUnkept(document);
startDrop(document);
startForms(document); // before the parts: what is typed is back in a form when it gets the focus
startPlaced();
startPanels(document); // before what looks at the passages that it puts in
startParts(document);
startMembers(document);
startMended(document);
startUnfold(document);
startVerdict(document);
startAdopt(document);
startKeys(document, [
  startPassages(document),
  startKeep(document),
  startPicks(document),
  startOrder(document),
  startList(document),
]);
startKeyBar(document);
startPalette(document);
startLooked(document);
startNeeds(document);
startNotices(document);
startNarrow(document);
startPresence(document);
startReader(document);
startSelect(document);
startChoose(document);
startLive(document);
startZone(document);
startCopy(document);
startFocus(document); // last: what the others restored stands
