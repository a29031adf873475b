// A choice of one of the four kinds, each with its icon.

import * as React from 'react';
import type { KindName } from '../api/schema';
import { kindIcon } from '../icons';
import { Combobox } from '../parts/combobox';
import type { Text } from '../text';
import { caption, KINDS } from './kinds';

interface IProps {
  id: string;
  kind: KindName | null;
  text: Text;
  onChoose: (kind: KindName) => void;
}

export function KindPicker({ id, kind, text, onChoose }: IProps): JSX.Element {
  const { trans } = text;
  return (
    <>
      <label htmlFor={id}>{trans.__('Kind')}</label>
      <Combobox
        id={id}
        name="kind"
        value={kind ?? ''}
        choices={KINDS.map(each => ({
          value: each.kind,
          label: text.kind(each.kind),
          details: [caption(each.kind, trans)],
          icon: kindIcon(each.kind)
        }))}
        onChoose={value => onChoose(value as KindName)}
        nothing={trans.__('There are four kinds.')}
        more={left => text.count(left)}
      />
    </>
  );
}
