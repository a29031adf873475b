// The open notebook, and the panel beside it that journeys add their sections to.

import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';
import type { Widget } from '@lumino/widgets';

/** Where in a notebook: the id of the cell survives edits above it, its index is there for old notebooks. */
export interface ICellPlace {
  cell: number | null;
  cellId: string | null;
}

export interface ICurrentNotebook {
  /** The contents path of the notebook in front, or null. */
  readonly path: string | null;
  /** Whether it has changes that are not on disk. */
  readonly isDirty: boolean;
  /** How many cells it has. */
  readonly cells: number;
  /** When its file was made or last written, whichever is known to be earlier. */
  readonly since: Date | null;
  /** Emitted when another notebook comes to the front, or this one is renamed. */
  readonly changed: ISignal<unknown, void>;
  /** Emitted when it has been saved. */
  readonly saved: ISignal<unknown, void>;
  /** Emitted when `isDirty` changes. */
  readonly dirtyChanged: ISignal<unknown, void>;
  /** Save it if need be, and say whether what is on disk is what is on the screen. */
  save(): Promise<boolean>;
  /** Scroll to a cell and make it the active one. */
  goTo(place: ICellPlace): Promise<void>;
  /** Put code into the active cell if it is empty, else into a new one below. */
  insert(source: string): void;
  /** Bring a notebook to the front, opening it if need be, at a cell. */
  open(path: string, place?: ICellPlace): Promise<Widget | undefined>;
}

export const ICurrentNotebook = new Token<ICurrentNotebook>(
  'mlnb-lab:ICurrentNotebook',
  'The notebook in front: its path, its saves, its cells.'
);

/** A file has another path. */
export interface IMove {
  old: string;
  new: string;
}

export interface IOpenDocuments {
  /** Emitted when somebody has moved or renamed a file in JupyterLab; not for what `follow` was told. */
  readonly moved: ISignal<unknown, IMove>;
  /** Save a document, if it is open and has changes; false if it could not be saved. */
  save(path: string): Promise<boolean>;
  /**
   * The server has moved or written files: what is open moves with them, and is read again.
   * What has changes of its own stays as it is; JupyterLab asks about it when it is saved.
   * Of `gone` those are closed whose files are no longer there.
   */
  follow(changed?: { moves?: readonly IMove[]; gone?: readonly string[] }): Promise<void>;
  /** Rename a file as the file browser does. */
  rename(move: IMove): Promise<void>;
}

export const IOpenDocuments = new Token<IOpenDocuments>(
  'mlnb-lab:IOpenDocuments',
  'The open documents, kept as their files are.'
);

export interface INotebookPanel {
  /** Add what stands above all sections. */
  setHeader(content: Widget): void;
  /** Add a section; its title is the title of the widget. */
  addSection(id: string, content: Widget, options: { rank: number }): void;
  /** Show the panel, and unfold a section of it. */
  reveal(section?: string): void;
}

export const INotebookPanel = new Token<INotebookPanel>(
  'mlnb-lab:INotebookPanel',
  'The right panel about the open notebook; journeys add their sections to it.'
);
