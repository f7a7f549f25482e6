import { jsonRoute } from '@/lib/auth/json-route';
import { listDeliveriesSchema } from '@/lib/domain/notifications/delivery';
import { listDeliveries } from '@/lib/server/deliveries/list-deliveries';

export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return jsonRoute((context) =>
    listDeliveries(
      context,
      listDeliveriesSchema.parse({
        state: searchParams.get('state'),
        limit: Number(searchParams.get('limit') ?? 50),
      }),
    ),
  );
}
