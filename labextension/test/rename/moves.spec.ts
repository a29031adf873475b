import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MoveWatch } from '../../src/rename/moves';
import { Text } from '../../src/text';
import { FakeClient } from '../fake';
import { FakeDocuments } from './documents';

const rest = () => new Promise(resolve => setTimeout(resolve, 0));
const told = () => Notification.manager.notifications.map(each => `${each.type}: ${each.message}`);

async function press(label: string): Promise<void> {
  const actions = Notification.manager.notifications[0]!.options.actions!;
  actions.find(each => each.label === label)!.callback(new MouseEvent('click'));
  await rest();
}

describe('MoveWatch', () => {
  let client: FakeClient;
  let documents: FakeDocuments;
  let named: string[];

  beforeEach(() => {
    client = new FakeClient();
    documents = new FakeDocuments();
    named = [];
    new MoveWatch({
      client,
      documents,
      text: new Text(nullTranslator),
      name: path => named.push(path)
    });
  });
  afterEach(() => Notification.dismiss());

  const move = async (): Promise<void> => {
    documents.moved.emit({ old: 'p/a.ipynb', new: 'p/b.ipynb' });
    await rest();
  };

  it('tells of the links that followed, and renames back', async () => {
    client.movedAnswer = { path: 'p/b.ipynb', lost_kind: false, change: null, references: 3 };
    await move();
    expect(told()).toEqual(['success: “a.ipynb” was renamed. 3 places that name it were rewritten.']);
    await press('Undo');
    expect(documents.asked).toEqual(['follow []', 'rename p/b.ipynb p/a.ipynb', 'follow []']);
    expect(client.asked).toEqual(['moved p/a.ipynb p/b.ipynb', 'moved p/b.ipynb p/a.ipynb']);
    expect(told().length).toBe(1); // the way back is not told of again
  });

  it('notices that the kind is lost, and asks for a name', async () => {
    client.movedAnswer = { path: 'p/b.ipynb', lost_kind: true, change: null, references: 0 };
    await move();
    expect(told()).toEqual(['warning: “b.ipynb” no longer says of which kind it is.']);
    await press('Name it…');
    expect(named).toEqual(['p/b.ipynb']);
  });

  it('says nothing where nothing follows, nor outside of projects', async () => {
    client.movedAnswer = { path: 'p/b.ipynb', lost_kind: false, change: null, references: 0 };
    await move();
    client.movedAnswer = new Error('There is no project here.');
    await move();
    expect([told(), documents.asked]).toEqual([[], []]);
  });

  it('says when the way back is taken', async () => {
    client.movedAnswer = { path: 'p/b.ipynb', lost_kind: true, change: null, references: 0 };
    documents.renameAnswer = new Error('409');
    await move();
    await press('Undo');
    expect(told()[0]).toBe('error: “b.ipynb” could not be renamed back: is there another one?');
  });
});
