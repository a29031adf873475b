// What was changed in several files at once is told where it can be undone, and undone as one.

import { Notification } from '@jupyterlab/apputils';
import type { ChangeInfo, RefusedFile, Undone } from '../api/schema';
import type { IClient } from '../api/tokens';
import { messageOf } from '../model';
import type { IOpenDocuments } from '../notebook/tokens';
import type { Text } from '../text';
import type { IChanges } from './tokens';

/** Long enough to read and reach; afterwards it is among the notifications still. */
export const STAYS = 15_000;

export class Changes implements IChanges {
  constructor(options: Changes.IOptions) {
    this._client = options.client;
    this._documents = options.documents;
    this._text = options.text;
  }

  tell(message: string, change: ChangeInfo | null, path: string): void {
    const { trans } = this._text;
    Notification.success(message, {
      autoClose: STAYS,
      actions: change ? [{ label: trans.__('Undo'), callback: () => void this.undo(path, change.id) }] : []
    });
  }

  async undo(path: string, id: string | null): Promise<void> {
    let undone: Undone;
    try {
      undone = await this._client.undo(path, id);
    } catch (reason) {
      Notification.error(this._text.sentence(messageOf(reason)), { autoClose: STAYS });
      return;
    }
    await this._documents.follow({ moves: undone.moved, gone: undone.change.paths });
    this._tellOfUndone(undone);
  }

  private _tellOfUndone({ change, restored, refused }: Undone): void {
    const { trans } = this._text;
    const first = refused[0];
    if (!first) {
      Notification.success(
        trans._n(
          'Undone: %2. %1 file is as before.',
          'Undone: %2. %1 files are as before.',
          restored,
          change.title
        ),
        { autoClose: STAYS }
      );
      return;
    }
    Notification.warning(
      restored === 0
        ? trans.__('Not undone: %1. %2', change.title, this._leftAlone(first, refused.length))
        : trans.__('Undone in part: %1. %2', change.title, this._leftAlone(first, refused.length)),
      { autoClose: false }
    );
  }

  private _leftAlone(first: RefusedFile, count: number): string {
    const { trans } = this._text;
    const why = this._text.sentence(trans.__('“%1” was left alone: %2', first.path, first.reason));
    return count === 1 ? why : trans._n('%2 So was %1 other.', '%2 So were %1 others.', count - 1, why);
  }

  private readonly _client: IClient;
  private readonly _documents: IOpenDocuments;
  private readonly _text: Text;
}

export namespace Changes {
  export interface IOptions {
    client: IClient;
    documents: IOpenDocuments;
    text: Text;
  }
}
