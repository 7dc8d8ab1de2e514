import AsyncSupport
import ConfigModel
import CoreMetrics
import EventBus
import MetricsExposition
import Tracing

/// Puts versions on the bus.
struct Announcer: Sendable {
    let bus: any EventBus
    let inlineLimit: Int
    let counters: Counters<RegistryCounters>
    let publishedIDs: PublishedMessageIDs
    /// How long the bus takes to confirm.
    var confirms: CoreMetrics.Timer?
    var tracing = RegistryTracing()

    /// Publishes the event of a version, and returns when the bus has confirmed it.
    func announce(_ snapshot: HeadSnapshot) async throws(BusError) {
        let beganAt = ContinuousClock.now
        let trace = tracing.announcing(snapshot)
        defer { trace?.span.end() }
        do {
            try await bus.publish(message(for: snapshot, trace?.fields))
        } catch {
            trace?.span.setStatus(SpanStatus(code: .error))
            counters.count { $0.announcing.notificationsFailed += 1 }
            throw error
        }
        confirms?.record(since: beganAt)
        counters.count { $0.announcing.notificationsSent += 1 }
    }

    /// - Parameter trace: named beside the event, whose body is the same without it.
    private func message(for snapshot: HeadSnapshot, _ trace: TraceContext?) -> BusMessage {
        let record = snapshot.record
        // With its content the event is the same that watchers get, made once for both.
        let event =
            record.content.bytes.count <= inlineLimit
            ? snapshot.encodedEvent : EncodedEvent(ConfigEvent(record, inlineLimit: inlineLimit))
        publishedIDs.remember(event.identifier)
        return BusMessage(
            routingKey: RoutingKey.change(record.changeType, of: record.key), copyTo: [RoutingKey.document(record.key)],
            messageID: event.identifier, type: record.changeType.eventType(of: record.key),
            timestamp: record.createdAt.milliseconds / 1_000, headers: trace?.fields ?? [:], body: event.bytes)
    }
}
