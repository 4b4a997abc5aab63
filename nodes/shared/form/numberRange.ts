import { asNumber } from '../json';

/** The limits of a number option, as n8n's `typeOptions` has them. They hold for expressions too. */
export interface NumberRange {
	minValue: number;
	maxValue: number;
}

/** Why a value is not a number in a range, naming the field and its limits; undefined if it is one. */
export function numberIssue(value: unknown, label: string, { minValue, maxValue }: NumberRange): string | undefined {
	const number = asNumber(value);
	if (number !== undefined && number >= minValue && number <= maxValue) return undefined;
	return `'${label}' must be a number from ${minValue} to ${maxValue} (got ${String(value)})`;
}
