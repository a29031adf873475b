import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Changes } from '../../src/rename/changes';
import { Text } from '../../src/text';
import { change, FakeClient } from '../fake';
import { FakeDocuments } from './documents';

const told = () => Notification.manager.notifications.map(each => `${each.type}: ${each.message}`);

describe('Changes', () => {
  let client: FakeClient;
  let documents: FakeDocuments;
  let changes: Changes;

  beforeEach(() => {
    client = new FakeClient();
    documents = new FakeDocuments();
    changes = new Changes({ client, documents, text: new Text(nullTranslator) });
  });
  afterEach(() => Notification.dismiss());

  it('tells with a button that undoes it, and what is open follows', async () => {
    client.undoAnswer = {
      change: change({ title: 'rename n.ipynb' }),
      restored: 2,
      refused: [],
      moved: [{ old: 'b.ipynb', new: 'a.ipynb' }]
    };
    changes.tell('Renamed.', change({ id: 'c1' }), 'b.ipynb');
    const [action] = Notification.manager.notifications[0]!.options.actions!;
    action!.callback(new MouseEvent('click'));
    await new Promise(resolve => setTimeout(resolve, 0));
    expect(client.asked).toEqual(['undo b.ipynb c1']);
    expect(documents.asked).toEqual(['follow [["b.ipynb","a.ipynb"],"notebooks/031_experiment_y.ipynb"]']);
    expect(told()).toEqual(['success: Undone: rename n.ipynb. 2 files are as before.', 'success: Renamed.']);
  });

  it('has no button where there is nothing to undo', () => {
    changes.tell('Renamed.', null, 'b.ipynb');
    expect(Notification.manager.notifications[0]!.options.actions).toEqual([]);
  });

  it('says which files were left alone, and why', async () => {
    const refused = [
      { path: 'a.ipynb', reason: 'it was changed since' },
      { path: 'b.ipynb', reason: 'it is gone' }
    ];
    client.undoAnswer = { change: change(), restored: 1, refused };
    await changes.undo('p', null);
    client.undoAnswer = { change: change(), restored: 0, refused: refused.slice(1) };
    await changes.undo('p', null);
    expect(told()).toEqual([
      'warning: Not undone: rename n.ipynb. “b.ipynb” was left alone: it is gone.',
      'warning: Undone in part: rename n.ipynb. “a.ipynb” was left alone: it was changed since. So was 1 other.'
    ]);
  });

  it('says that there is nothing to undo', async () => {
    client.undoAnswer = new Error('there is no change to undo');
    await changes.undo('p', null);
    expect([told(), documents.asked]).toEqual([['error: There is no change to undo.'], []]);
  });
});
