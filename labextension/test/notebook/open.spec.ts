import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { Contents } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, it } from 'vitest';
import { OpenDocuments } from '../../src/notebook/open';
import type { IMove } from '../../src/notebook/tokens';

/** Files with the time of their last write, and who listens to their renames. */
class FakeContents {
  readonly files = new Map<string, string>();
  readonly fileChanged = new Signal<Contents.IManager, Contents.IChangedArgs>({} as Contents.IManager);

  driveName = (path: string): string => (path.includes(':') ? path.split(':')[0]! : '');

  get = async (path: string): Promise<Contents.IModel> => {
    if (!this.files.has(path)) {
      throw new Error('404');
    }
    return { path, last_modified: this.files.get(path) } as Contents.IModel;
  };

  rename = async (old: string, now: string): Promise<Contents.IModel> => {
    this.files.set(now, this.files.get(old)!);
    this.files.delete(old);
    this.fileChanged.emit({ type: 'rename', oldValue: { path: old }, newValue: { path: now } });
    return this.get(now);
  };
}

class FakeContext {
  constructor(log: string[], path: string, dirty = false) {
    this.log = log;
    this.path = path;
    this.model = { dirty };
  }

  readonly log: string[];
  readonly model: { dirty: boolean };
  readonly contentsModel = { last_modified: 'then' };
  path: string;

  get localPath(): string {
    return this.path;
  }

  save = async (): Promise<void> => {
    this.log.push(`save ${this.path}`);
    this.model.dirty = false;
  };

  revert = async (): Promise<void> => {
    this.log.push(`revert ${this.path}`);
  };
}

describe('OpenDocuments', () => {
  let contents: FakeContents;
  let log: string[];
  let open: FakeContext[];
  let documents: OpenDocuments;
  let moved: IMove[];

  beforeEach(() => {
    contents = new FakeContents();
    log = [];
    open = [];
    moved = [];
    documents = new OpenDocuments({
      contents,
      contexts: () => open as unknown as DocumentRegistry.Context[],
      close: async path => void log.push(`close ${path}`)
    });
    documents.moved.connect((_documents, move) => moved.push(move));
    // As the context of a document does.
    contents.fileChanged.connect((_contents, change) =>
      open
        .filter(each => each.path === change.oldValue?.path)
        .forEach(each => (each.path = change.newValue!.path!))
    );
  });

  it('tells of renames in the file browser, on the drive of the server only', async () => {
    contents.files.set('a.ipynb', 'then');
    await contents.rename('a.ipynb', 'b.ipynb');
    contents.fileChanged.emit({ type: 'rename', oldValue: { path: 'x:a' }, newValue: { path: 'x:b' } });
    contents.fileChanged.emit({ type: 'save', oldValue: null, newValue: { path: 'b.ipynb' } });
    expect(moved).toEqual([{ old: 'a.ipynb', new: 'b.ipynb' }]);
  });

  it('has what is open move with its file, and does not take that for a rename of the user', async () => {
    open = [new FakeContext(log, 'a.ipynb')];
    contents.files.set('b.ipynb', 'then');
    await documents.follow({ moves: [{ old: 'a.ipynb', new: 'b.ipynb' }] });
    expect([open[0]!.path, log, moved]).toEqual(['b.ipynb', ['revert b.ipynb'], []]);
  });

  it('reads again what was written, but not what has changes of its own', async () => {
    open = [
      new FakeContext(log, 'same.ipynb'),
      new FakeContext(log, 'written.ipynb'),
      new FakeContext(log, 'dirty.ipynb', true),
      new FakeContext(log, 'gone.ipynb')
    ];
    open.push(open[1]!); // two views of one document
    contents.files.set('same.ipynb', 'then').set('written.ipynb', 'now').set('dirty.ipynb', 'now');
    await documents.follow();
    expect(log).toEqual(['revert written.ipynb']);
  });

  it('closes what is gone, if it is named so and has no changes', async () => {
    open = [
      new FakeContext(log, 'gone.ipynb'),
      new FakeContext(log, 'dirty.ipynb', true),
      new FakeContext(log, 'there.ipynb')
    ];
    contents.files.set('there.ipynb', 'then');
    await documents.follow({ gone: ['gone.ipynb', 'dirty.ipynb', 'there.ipynb', 'closed.ipynb'] });
    expect(log).toEqual(['close gone.ipynb']);
  });

  it('saves what is open and has changes', async () => {
    open = [new FakeContext(log, 'dirty.ipynb', true), new FakeContext(log, 'same.ipynb')];
    expect([await documents.save('dirty.ipynb'), await documents.save('same.ipynb')]).toEqual([true, true]);
    expect([await documents.save('closed.ipynb'), log]).toEqual([true, ['save dirty.ipynb']]);
  });

  it('says when saving did not work', async () => {
    open = [new FakeContext(log, 'dirty.ipynb', true)];
    open[0]!.save = () => Promise.reject(new Error('read-only'));
    expect(await documents.save('dirty.ipynb')).toBe(false);
  });
});
