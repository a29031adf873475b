// The right panel: a header and sections that can be folded, about the notebook in front.

import type { IStateDB } from '@jupyterlab/statedb';
import { Panel, type Widget } from '@lumino/widgets';
import { notebookPanelIcon } from '../icons';
import { Section } from '../parts/section';
import type { Text } from '../text';
import type { INotebookPanel } from './tokens';

const STATE_KEY = 'mlnb-lab:notebook-panel';

export class NotebookSidebar extends Panel implements INotebookPanel {
  constructor(options: NotebookSidebar.IOptions) {
    super();
    const { trans } = options.text;
    this.id = 'mlnb-notebook';
    this.addClass('mlnb-NotebookPanel');
    this.title.icon = notebookPanelIcon;
    this.title.caption = trans.__('Notebook: problems, runs, promotion');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Notebook'));
    this._state = options.state;
    this._activate = options.activate;
    void this._restore();
  }

  setHeader(content: Widget): void {
    this.insertWidget(0, content);
  }

  addSection(id: string, content: Widget, options: { rank: number }): void {
    const section = new Section({ id, content, isCollapsed: this._collapsed.has(id) });
    section.toggled.connect(this._onToggled, this);
    this._ranks.set(section, options.rank);
    const after = this.widgets.findIndex(each => (this._ranks.get(each) ?? -1) > options.rank);
    this.insertWidget(after < 0 ? this.widgets.length : after, section);
  }

  reveal(section?: string): void {
    this._activate(this.id);
    const wanted = this._sections().find(each => each.sectionId === section);
    if (wanted) {
      wanted.isCollapsed = false;
      this._onToggled(wanted);
      wanted.node.scrollIntoView({ block: 'nearest' });
    }
  }

  private _sections(): Section[] {
    return this.widgets.filter(each => each instanceof Section);
  }

  private _onToggled(section: Section): void {
    if (section.isCollapsed) {
      this._collapsed.add(section.sectionId);
    } else {
      this._collapsed.delete(section.sectionId);
    }
    void this._state?.save(STATE_KEY, { collapsed: [...this._collapsed] });
  }

  private async _restore(): Promise<void> {
    const stored = (await this._state?.fetch(STATE_KEY)) as { collapsed?: string[] } | undefined;
    (stored?.collapsed ?? []).forEach(id => this._collapsed.add(id));
    this._sections().forEach(each => (each.isCollapsed = this._collapsed.has(each.sectionId)));
  }

  private readonly _state: IStateDB | null;
  private readonly _activate: (id: string) => void;
  private readonly _ranks = new Map<Widget, number>();
  private readonly _collapsed = new Set<string>();
}

export namespace NotebookSidebar {
  export interface IOptions {
    text: Text;
    /** Remembers which sections are folded. */
    state: IStateDB | null;
    /** Brings the widget with an id into view. */
    activate: (id: string) => void;
  }
}
