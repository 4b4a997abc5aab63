import { FLAG, NUMBER, objectOf, TEXT } from '../shared/adapters/resultShape';
import type { OutputSchemas } from '../shared/run/outputSchema';
import { taskSchema } from '../shared/run/outputSchema';

export const outputSchemas: OutputSchemas = {
	'account/getCredits': objectOf({ credits: NUMBER }),
	'file/download': objectOf({ url: TEXT, fileName: TEXT, mimeType: TEXT }),
	'file/getDownloadUrl': objectOf({ downloadUrl: TEXT, expiresAt: TEXT, url: TEXT }),
	'file/upload': objectOf({
		url: TEXT,
		fileName: TEXT,
		fileSize: NUMBER,
		mimeType: TEXT,
		uploadedAt: TEXT,
		expiresAt: TEXT,
	}),
	'model/getPrice': objectOf({ model: TEXT, pricingDesc: { ...TEXT, nullable: true } }),
	'model/getSchema': objectOf({ model: TEXT, input: objectOf({}), openapi: { ...objectOf({}), nullable: true } }),
	'model/getSuccessRate': objectOf({
		model: TEXT,
		isNormal: FLAG,
		successRate: NUMBER,
		errorRate: NUMBER,
		latestSuccessRate: NUMBER,
		latestErrorRate: NUMBER,
		from: TEXT,
		to: TEXT,
	}),
	'model/list': objectOf({
		model: TEXT,
		title: TEXT,
		provider: TEXT,
		taskTypes: TEXT,
		price: TEXT,
		description: TEXT,
	}),
	'task/get': taskSchema([], { failure: objectOf({ code: TEXT, reason: TEXT }) }),
	'task/wait': taskSchema([]),
};
