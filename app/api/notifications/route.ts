import { jsonRoute } from '@/lib/auth/json-route';
import { listNotificationsSchema } from '@/lib/domain/notifications/notification-input';
import { listNotifications } from '@/lib/server/notifications/list-notifications';

export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return jsonRoute((context) =>
    listNotifications(
      context,
      listNotificationsSchema.parse({
        isUnreadOnly: searchParams.get('unread') === '1',
        limit: Number(searchParams.get('limit') ?? 50),
      }),
    ),
  );
}
