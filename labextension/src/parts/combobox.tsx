// A choice out of many: type to filter, arrows to go through, Enter to take, Escape to leave.

import { caretDownIcon, type LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

export interface IChoice {
  /** What is chosen; the empty string stands for none. */
  value: string;
  label: string;
  /** Small facts beside the label; they are searched as well. */
  details?: readonly string[];
  icon?: LabIcon;
  /** Why it cannot be chosen. */
  problem?: string | null;
}

export interface IComboboxProps {
  id: string;
  name: string;
  value: string;
  choices: readonly IChoice[];
  onChoose: (value: string) => void;
  /** What the list says when nothing fits what was typed. */
  nothing: string;
  /** What the list says below the first hundred choices. */
  more: (left: number) => string;
  disabled?: boolean;
}

/** More than this nobody reads; the list says how many are left. */
const SHOWN = 100;
const LIST_HEIGHT = 260;
const GAP = 8;

export function Combobox(props: IComboboxProps): JSX.Element {
  const { id, name, value, choices, onChoose, disabled } = props;
  const input = React.useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = React.useState(false);
  const [typed, setTyped] = React.useState<string | null>(null);
  const [active, setActive] = React.useState(0);
  const chosen = choices.find(each => each.value === value);
  const fitting = typed === null ? choices : choices.filter(each => fits(each, typed));
  const shown = fitting.slice(0, SHOWN);

  React.useEffect(() => {
    if (input.current === document.activeElement) {
      input.current?.select(); // also when it is filled later: what is typed takes its place
    }
  }, [chosen?.label]);

  const open = (): void => {
    if (!disabled && !isOpen) {
      setActive(
        Math.max(
          0,
          choices.findIndex(each => each.value === value)
        )
      );
      setOpen(true);
    }
  };
  const close = (): void => {
    setOpen(false);
    setTyped(null);
  };
  const leave = (): void => {
    if (input.current !== document.activeElement) {
      close(); // unless the dialog has given the focus back meanwhile
    }
  };
  const choose = (choice: IChoice | undefined): void => {
    if (choice && !choice.problem) {
      onChoose(choice.value);
      close();
    }
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => (isOpen ? setActive(Math.min(active + 1, shown.length - 1)) : open()),
    ArrowUp: () => (isOpen ? setActive(Math.max(active - 1, 0)) : open()),
    ...(isOpen && {
      PageDown: () => setActive(Math.min(active + 8, shown.length - 1)),
      PageUp: () => setActive(Math.max(active - 8, 0)),
      Enter: () => choose(shown[active]),
      Escape: close
    })
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const key = event.nativeEvent.isComposing ? undefined : keys[event.key];
    if (key) {
      event.preventDefault();
      event.stopPropagation();
      key();
    }
  };
  return (
    <div className="mlnb-Combobox" data-name={name} data-disabled={Boolean(disabled)}>
      <input
        ref={input}
        id={id}
        name={name}
        className="jp-mod-styled"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && shown[active] ? `${id}-${active}` : undefined}
        disabled={disabled}
        value={typed ?? chosen?.label ?? ''}
        title={typed === null ? chosen?.label : undefined}
        onChange={event => {
          setTyped(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={event => typed === null && event.target.select()}
        onClick={open}
        onBlur={() => setTimeout(leave)}
        onKeyDown={onKeyDown}
      />
      <caretDownIcon.react tag="span" className="mlnb-Combobox-caret" />
      {isOpen && (
        <List {...props} input={input} shown={shown} left={fitting.length - shown.length} active={active}>
          {choose}
        </List>
      )}
    </div>
  );
}

interface IListProps extends IComboboxProps {
  input: React.RefObject<HTMLInputElement>;
  shown: readonly IChoice[];
  left: number;
  active: number;
  children: (choice: IChoice) => void;
}

function List(props: IListProps): JSX.Element {
  const { id, value, input, shown, left, active, children: choose } = props;
  const list = React.useRef<HTMLUListElement>(null);
  const [place, setPlace] = React.useState<React.CSSProperties>({ visibility: 'hidden' });
  React.useLayoutEffect(() => {
    if (input.current) {
      setPlace(placeOf(input.current.getBoundingClientRect()));
    }
  }, [input]);
  React.useLayoutEffect(() => {
    // Not every page has it, and the first choices are in view without.
    list.current?.querySelector('[data-active=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active, place]);
  return (
    <ul ref={list} id={`${id}-list`} className="mlnb-Combobox-list" role="listbox" style={place}>
      {shown.map((each, index) => (
        <li
          key={each.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={each.value === value}
          aria-disabled={Boolean(each.problem)}
          data-active={index === active}
          data-value={each.value}
          title={each.problem ?? undefined}
          // The focus stays in the box, or leaving it would close the list before the click.
          onMouseDown={event => event.preventDefault()}
          onClick={() => choose(each)}
        >
          {each.icon && <each.icon.react tag="span" className="mlnb-Icon" />}
          <span className="mlnb-Combobox-label">{each.label}</span>
          {each.problem ? (
            <span className="mlnb-Combobox-details">{each.problem}</span>
          ) : (
            each.details?.map(detail => (
              <span key={detail} className="mlnb-Combobox-details">
                {detail}
              </span>
            ))
          )}
        </li>
      ))}
      {shown.length === 0 && <li role="presentation">{props.nothing}</li>}
      {left > 0 && <li role="presentation">{props.more(left)}</li>}
    </ul>
  );
}

/** Below the box, or above it where there is more room; never cut off by what scrolls around it. */
function placeOf(box: DOMRect): React.CSSProperties {
  const below = window.innerHeight - box.bottom - GAP;
  const above = box.top - GAP;
  const width = { left: box.left, width: box.width };
  return below >= Math.min(LIST_HEIGHT, above)
    ? { ...width, top: box.bottom + 1, maxHeight: Math.min(LIST_HEIGHT, below) }
    : { ...width, bottom: window.innerHeight - box.top + 1, maxHeight: Math.min(LIST_HEIGHT, above) };
}

/** Whether every word that was typed is somewhere in the choice. */
function fits(choice: IChoice, typed: string): boolean {
  const text = [choice.label, ...(choice.details ?? [])].join(' ').toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
