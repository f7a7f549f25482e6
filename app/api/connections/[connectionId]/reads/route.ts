import { jsonRoute } from '@/lib/auth/json-route';
import { connectionIdTextSchema } from '@/lib/domain/connections/connection-input';
import { listConnectionReads } from '@/lib/server/connections/list-connection-reads';

type Params = { params: Promise<{ connectionId: string }> };

export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { connectionId } = await params;
  return jsonRoute((context) => listConnectionReads(context, connectionIdTextSchema.parse(connectionId)));
}
