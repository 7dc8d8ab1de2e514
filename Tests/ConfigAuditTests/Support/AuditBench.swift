import ConfigAudit
import ConfigModel
import ConfigSignatures
import EventBus
import TestSupport

/// An audit with a bus, and where it writes.
struct AuditBench {
    let bus = InProcessBus()
    let directory: LogDirectory
    let path: String
    var options = AuditOptions()

    init() throws {
        directory = try LogDirectory()
        path = directory.file()
        options.reconcilePeriod = .seconds(3_600)
    }

    /// Runs an audit around `body`.
    func withAudit<Value>(
        _ source: any AuditSource, signer: RecordSigner? = nil, _ body: (AuditConsumer) async throws -> Value
    ) async throws -> Value {
        let log = AuditLog(path: path, name: options.anchor, signer: signer, logger: .silent)
        let audit = AuditConsumer(bus: bus, source: source, log: log, options: options, logger: .silent)
        let running = Task { try await audit.run() }
        let result: Result<Value, any Error>
        do { result = .success(try await body(audit)) } catch { result = .failure(error) }
        running.cancel()
        try await running.value
        return try result.get()
    }

    /// Announces a version as a registry does.
    func announce(_ record: VersionRecord) async throws {
        let event = ConfigEvent(record)
        try await publish(event.jsonBytes, routingKey: event.routingKey, copyTo: [RoutingKey.document(record.key)])
    }

    func publish(_ body: [UInt8], routingKey: String = "config.updated", copyTo: [String] = []) async throws {
        try await bus.publish(
            BusMessage(
                routingKey: routingKey, copyTo: copyTo, messageID: "m", type: "ConfigUpdated", timestamp: 1, body: body)
        )
    }

    /// Makes the queue before there is an audit.
    func declareQueue() async throws {
        try await bus.withSubscription(BusSubscription(patterns: ["config.#"], queue: .durable(name: options.queue))) {
            for await _ in $0 { break }
        }
    }

    /// Waits until the audit has worked through everything that was published: the second message that is no event is
    /// read only after everything that was taken with the first is done.
    func isDone(_ audit: AuditConsumer) async throws {
        for _ in 1...2 {
            let before = audit.counters.poison
            try await publish(Array("no event".utf8))
            try await eventually("the message to be read") { audit.counters.poison > before }
        }
    }

    /// How many announcements wait in the queue; to be read when no audit runs.
    func waiting() async throws -> Int {
        let marker = Array("end".utf8)
        try await publish(marker, routingKey: "config.end")
        let subscription = BusSubscription(
            patterns: ["config.#"], queue: .durable(name: options.queue), prefetch: 65_535)
        return try await bus.withSubscription(subscription) { signals in
            var count = 0
            for await case .delivery(let delivery) in signals {
                if delivery.body == marker {
                    delivery.acknowledge()
                    break
                }
                count += 1
            }
            return count
        }
    }

    /// The entries of the log.
    func entries() throws -> [AuditLine] {
        guard WholeFile.exists(path) else { return [] }
        return try WholeFile.lines(path).filter { !$0.hasPrefix("{\"log\"") }.map { try AuditLine(text: $0) }
    }

    func entries(_ count: Int) async throws -> [AuditLine] {
        try await eventually("\(count) entries") {
            let entries = try entries()
            return entries.count >= count ? entries : nil
        }
    }

    /// What a test looks at in an entry.
    struct AuditLine: Equatable {
        let key: String
        let version: Int64
        let old: String
        let new: String
        let chain: String?
        let epoch: String
        /// The numbers of versions that were not kept; there is no version then.
        let gap: String?
        /// Why the version could not be read.
        let damaged: String?
        let isOldValueDamaged: Bool

        init(text: String) throws {
            guard case .object(let line) = try JSONValue(parsing: text) else { throw AuditLineError() }
            key = try line.string("service_name") + "/" + line.string("environment")
            gap = line["gap"].map { "\($0)" }
            version = gap == nil ? try line.int64("version") : 0
            old = line["old_value"].map { "\($0)" } ?? "-"
            new = line["new_value"].map { "\($0)" } ?? "-"
            chain = try line.optionalString("chain")
            epoch = try line.string("epoch")
            damaged = try line.optionalString("damaged")
            isOldValueDamaged = line["old_value_damaged"] == .bool(true)
        }
    }
}

/// A line that is no object.
struct AuditLineError: Error {}
