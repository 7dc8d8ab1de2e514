import ConfigModel
import EventBus

/// Puts versions on the bus.
struct Announcer: Sendable {
    let bus: any EventBus
    let inlineLimit: Int
    let tally: Tally
    let ownMessages: OwnMessages

    /// Publishes the event of a version, and returns when the bus has confirmed it.
    func announce(_ snapshot: HeadSnapshot) async throws(BusError) {
        let message = message(for: snapshot)
        ownMessages.remember(message.messageID)
        do {
            try await bus.publish(message)
        } catch {
            tally.count { $0.notificationsFailed += 1 }
            throw error
        }
        tally.count { $0.notificationsSent += 1 }
    }

    private func message(for snapshot: HeadSnapshot) -> BusMessage {
        let event = ConfigEvent(snapshot.record, inlineLimit: inlineLimit)
        return BusMessage(
            routingKey: event.routingKey, copyTo: [RoutingKey.document(event.key)], messageID: event.eventID,
            type: event.eventType, timestamp: event.createdAt.milliseconds / 1_000,
            // With its content the event is the same that watchers get, made once for both.
            body: event.content == nil ? event.jsonBytes : snapshot.eventBytes)
    }
}
