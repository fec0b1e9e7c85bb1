import { t } from "../../language/words.ts";
import { Dialog, DialogBody } from "../kit/Dialog.tsx";
import { Collect } from "./Collect.tsx";
import { MakeTask } from "./MakeTask.tsx";

/** For a teacher: a task as a link, and what the class handed in. No server: links and codes go by whatever way the class has. */
export function ClassDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t`A class without a server`} onClose={onClose} wide>
      <DialogBody>
        <MakeTask />
        <Collect onRun={onClose} />
      </DialogBody>
    </Dialog>
  );
}
