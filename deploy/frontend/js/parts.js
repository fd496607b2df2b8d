// static/hall-parts.js: GOV.UK components and form helpers; loaded by hall.js on pages that have something for them.
import { createAll } from "govuk-frontend/dist/govuk/init.mjs";
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { FileUpload } from "govuk-frontend/dist/govuk/components/file-upload/file-upload.mjs";
import { NotificationBanner } from "govuk-frontend/dist/govuk/components/notification-banner/notification-banner.mjs";
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { Radios } from "govuk-frontend/dist/govuk/components/radios/radios.mjs";
import { asked } from "./asked.js";
import { autosave } from "./autosave.js";
import { draft } from "./draft.js";
import { upload } from "./upload.js";
import { word } from "./words.js";

const plural = (key) => ({ one: word(key), other: word(key) });

const counting = {
  i18n: {
    charactersUnderLimit: plural("countUnder"), charactersAtLimit: word("countAt"), charactersOverLimit: plural("countOver"),
    wordsUnderLimit: plural("countUnder"), wordsAtLimit: word("countAt"), wordsOverLimit: plural("countOver"),
    textareaDescription: { other: word("countMax") },
  },
};
const choosing = {
  i18n: {
    chooseFilesButton: word("chooseFile"), dropInstruction: word("dropHere"), noFileChosen: word("noFile"),
    multipleFilesChosen: plural("manyFiles"), enteredDropZone: word("dropEntered"), leftDropZone: word("dropLeft"),
  },
};
const revealing = {
  i18n: {
    showPassword: word("show"), hidePassword: word("hide"), showPasswordAriaLabel: word("showPassword"),
    hidePasswordAriaLabel: word("hidePassword"), passwordShownAnnouncement: word("passwordShown"), passwordHiddenAnnouncement: word("passwordHidden"),
  },
};

/** Wake every component below `root`; `again` is called for a <main> that took another one's place. */
export function parts(root, again) {
  [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios].forEach((kind) => createAll(kind, undefined, root));
  createAll(CharacterCount, counting, root);
  createAll(FileUpload, choosing, root);
  createAll(PasswordInput, revealing, root);
  asked(root);
  autosave(root);
  draft(root);
  upload(again);
}
