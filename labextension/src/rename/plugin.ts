// Renames by kind, follows renames that were made elsewhere, and undoes changes.

import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { Dialog, ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IDefaultFileBrowser } from '@jupyterlab/filebrowser';
import { ITranslator } from '@jupyterlab/translation';
import { undoIcon } from '@jupyterlab/ui-components';
import type { Moved } from '../api/schema';
import { IClient } from '../api/tokens';
import { ICheckModel } from '../check/tokens';
import { CommandIDs } from '../commands';
import { ICurrentNotebook, IOpenDocuments } from '../notebook/tokens';
import { NOTEBOOK_ARGS, notebookOf } from '../notebook/args';
import { Text } from '../text';
import { Changes } from './changes';
import { RenameDialog } from './dialog';
import { RenameModel } from './model';
import { MoveWatch } from './moves';
import { fillNamePrompt } from './prompt';
import { IChanges } from './tokens';

export const changesPlugin: JupyterFrontEndPlugin<IChanges> = {
  id: 'mlnb-lab:changes',
  description: 'Says what was changed in several files at once, and undoes it.',
  autoStart: true,
  requires: [IClient, IOpenDocuments, ICurrentNotebook, ITranslator],
  optional: [ICommandPalette, IDefaultFileBrowser],
  provides: IChanges,
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    documents: IOpenDocuments,
    notebook: ICurrentNotebook,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): IChanges => {
    const text = new Text(translator);
    const { trans } = text;
    const changes = new Changes({ client, documents, text });
    app.commands.addCommand(CommandIDs.undoChange, {
      label: trans.__('Undo Last mlnb Change'),
      caption: trans.__('Undo the last rename, split or adoption in this project'),
      icon: undoIcon,
      describedBy: {
        args: {
          type: 'object',
          properties: {
            path: { type: 'string', description: 'A file or folder of the project' },
            id: { type: 'string', description: 'The change to undo; the newest if there is none' }
          }
        }
      },
      execute: args =>
        changes.undo(
          (args['path'] as string | undefined) ??
            notebook.path ??
            app.serviceManager.contents.localPath(browser?.model.path ?? ''),
          (args['id'] as string | undefined) ?? null
        )
    });
    palette?.addItem({ command: CommandIDs.undoChange, category: trans.__('ML Notebooks') });
    return changes;
  }
};

export const renamePlugin: JupyterFrontEndPlugin<void> = {
  id: 'mlnb-lab:rename',
  description: 'Gives notebooks the name of their kind, and keeps links when they are renamed elsewhere.',
  autoStart: true,
  requires: [IClient, ICurrentNotebook, IOpenDocuments, ICheckModel, IChanges, ITranslator],
  optional: [ICommandPalette, IDefaultFileBrowser],
  activate: (
    app: JupyterFrontEnd,
    client: IClient,
    notebook: ICurrentNotebook,
    documents: IOpenDocuments,
    check: ICheckModel,
    changes: IChanges,
    translator: ITranslator,
    palette: ICommandPalette | null,
    browser: IDefaultFileBrowser | null
  ): void => {
    const text = new Text(translator);
    const { trans } = text;
    const rename = async (path: string): Promise<void> => {
      if (!(await documents.save(path))) {
        return;
      }
      const model = new RenameModel({ client, path });
      void model.load();
      const keeps = check.path === path && check.isScratch;
      const dialog = new RenameDialog({ model, text, keeps });
      await dialog.launch();
      const { moved } = dialog;
      dialog.dispose();
      model.dispose();
      if (moved) {
        await documents.follow({ moves: [{ old: path, new: moved.path }] });
        changes.tell(renamedText(moved, text), moved.change, moved.path);
      }
    };
    app.commands.addCommand(CommandIDs.renameNotebook, {
      label: args =>
        args['fromBrowser'] ? trans.__('Rename by Its Kind…') : trans.__('Rename Notebook by Its Kind…'),
      caption: trans.__('Name the notebook by kind and title; links to it follow'),
      describedBy: { args: NOTEBOOK_ARGS },
      isEnabled: args => notebookOf(args, notebook, browser) !== null,
      execute: async args => {
        const path = notebookOf(args, notebook, browser);
        if (path !== null) {
          await rename(path);
        }
      }
    });
    notebook.changed.connect(() => app.commands.notifyCommandChanged(CommandIDs.renameNotebook));
    palette?.addItem({ command: CommandIDs.renameNotebook, category: trans.__('ML Notebooks') });

    new MoveWatch({ client, documents, text, name: path => void rename(path) });
    Dialog.tracker.widgetAdded.connect((_tracker, dialog) => {
      const guess = async (path: string) => {
        await documents.save(path); // JupyterLab saves it as well, whatever the answer
        return client.nameGuess(path).catch(() => null);
      };
      void fillNamePrompt(dialog, notebook.path, guess).catch(() => undefined);
    });
  }
};

function renamedText(moved: Moved, text: Text): string {
  const { trans } = text;
  const name = PathExt.basename(moved.path);
  return moved.references === 0
    ? trans.__('Renamed to “%1”.', name)
    : trans._n(
        'Renamed to “%2”; %1 link to it was rewritten.',
        'Renamed to “%2”; %1 links to it were rewritten.',
        moved.references,
        name
      );
}
