// The notebook in front, as the rest of mlnb sees it.

import type { IDocumentManager } from '@jupyterlab/docmanager';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { type INotebookTracker, NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';
import type { ICellPlace, ICurrentNotebook } from './tokens';

export class CurrentNotebook implements ICurrentNotebook {
  constructor(options: CurrentNotebook.IOptions) {
    this._tracker = options.tracker;
    this._documents = options.documents;
    this._tracker.currentChanged.connect(this._onCurrentChanged, this);
    this._onCurrentChanged();
  }

  get path(): string | null {
    return this._panel?.context.localPath ?? null;
  }

  get isDirty(): boolean {
    return this._panel?.context.model.dirty ?? false;
  }

  get cells(): number {
    return this._panel?.content.model?.cells.length ?? 0;
  }

  get since(): Date | null {
    const file = this._panel?.context.contentsModel;
    const known = [file?.created, file?.last_modified].map(each => Date.parse(each ?? ''));
    const earliest = Math.min(...known.filter(each => !Number.isNaN(each)));
    return Number.isFinite(earliest) ? new Date(earliest) : null;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get saved(): ISignal<this, void> {
    return this._saved;
  }

  get dirtyChanged(): ISignal<this, void> {
    return this._dirtyChanged;
  }

  async save(): Promise<boolean> {
    const panel = this._panel;
    if (!panel) {
      return false;
    }
    if (panel.context.model.dirty) {
      try {
        await panel.context.save();
      } catch {
        return false; // JupyterLab has told the reader why
      }
    }
    return !panel.context.model.dirty;
  }

  async goTo(place: ICellPlace): Promise<void> {
    if (this._panel) {
      await goTo(this._panel, place);
    }
  }

  insert(source: string): void {
    const notebook = this._panel?.content;
    if (!notebook?.model) {
      return;
    }
    const active = notebook.activeCell?.model;
    if (active?.type !== 'code' || active.sharedModel.getSource().trim() !== '') {
      NotebookActions.insertBelow(notebook);
    }
    notebook.activeCell?.model.sharedModel.setSource(source);
  }

  async open(path: string, place?: ICellPlace): Promise<Widget | undefined> {
    const widget = this._documents.openOrReveal(path);
    // Notebook 7 opens a browser tab of its own and gives no widget.
    const panel = this._tracker.find(each => each === widget);
    if (panel) {
      await panel.revealed; // until then it takes the focus from whatever gets it
    }
    if (panel && place) {
      await goTo(panel, place);
    }
    return widget;
  }

  private _onCurrentChanged(): void {
    const panel = this._tracker.currentWidget;
    if (panel === this._panel) {
      return;
    }
    if (this._panel && !this._panel.isDisposed) {
      this._panel.context.pathChanged.disconnect(this._onPathChanged, this);
      this._panel.context.saveState.disconnect(this._onSaveState, this);
      this._panel.context.model.stateChanged.disconnect(this._onModelState, this);
    }
    this._panel = panel;
    panel?.context.pathChanged.connect(this._onPathChanged, this);
    panel?.context.saveState.connect(this._onSaveState, this);
    panel?.context.model.stateChanged.connect(this._onModelState, this);
    this._changed.emit();
  }

  private _onPathChanged(): void {
    this._changed.emit();
  }

  private _onSaveState(_context: unknown, state: DocumentRegistry.SaveState): void {
    if (state === 'completed') {
      this._saved.emit();
    }
  }

  private _onModelState(_model: unknown, change: { name: string }): void {
    if (change.name === 'dirty') {
      this._dirtyChanged.emit();
    }
  }

  private readonly _tracker: INotebookTracker;
  private readonly _documents: IDocumentManager;
  private readonly _changed = new Signal<this, void>(this);
  private readonly _saved = new Signal<this, void>(this);
  private readonly _dirtyChanged = new Signal<this, void>(this);
  private _panel: NotebookPanel | null = null;
}

export namespace CurrentNotebook {
  export interface IOptions {
    tracker: INotebookTracker;
    documents: IDocumentManager;
  }
}

/** Through the notebook's own API: of a windowed notebook only the cells in view are in the page. */
async function goTo(panel: NotebookPanel, place: ICellPlace): Promise<void> {
  await panel.context.ready;
  await panel.revealed;
  const notebook = panel.content;
  const byId = notebook.widgets.findIndex(each => each.model.id === place.cellId);
  const index = byId >= 0 ? byId : (place.cell ?? -1);
  const cell = notebook.widgets[index];
  if (cell) {
    notebook.activeCellIndex = index;
    await notebook.scrollToCell(cell, 'smart');
  }
}
