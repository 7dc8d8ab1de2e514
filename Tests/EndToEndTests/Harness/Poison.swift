import ConfigModel
import EventBus
import RabbitBus
import TestSupport

/// A message that no registry sends.
struct Poison: Sendable, CustomStringConvertible {
    let description: String
    let body: [UInt8]

    private init(_ description: String, _ body: [UInt8]) {
        self.description = description
        self.body = body
    }

    /// Everything that somebody with the right to publish could send about the document of this record.
    static func all(after record: VersionRecord) throws -> [Poison] {
        let genuine = ConfigEvent(record).jsonBytes
        return [
            Poison("nothing", []), Poison("no JSON", Array("not json".utf8)), Poison("no object", Array("[1]".utf8)),
            Poison("no envelope", Array("{}".utf8)), Poison("no UTF-8", [0xff, 0xfe]),
            Poison("depth", Array(String(repeating: #"{"a":"#, count: 5_000).utf8)),
            Poison("a megabyte of noise", (0..<(1 << 20)).map { _ in UInt8.random(in: .min ... .max) }),
            Poison("a truncated event", Array(genuine.dropLast(20))),
            Poison("a replayed event", genuine),
            try edited("a sixth field", genuine, #""version":"1.0""#, #""version":"1.0","extra":1"#),
            try edited("a lie about the content", genuine, #"\"n\":1"#, #"\"n\":666"#),
            try edited("a version below zero", genuine, #""version":1,"#, #""version":-5,"#),
            try edited("a version beyond 64 bits", genuine, #""version":1,"#, #""version":9223372036854775808,"#),
            try edited("another document's name", genuine, #""service_name":"parsing""#, #""service_name":"other""#),
            Poison("a forged next version", forged(record, version: 2)),
            Poison("a forged version far ahead", forged(record, version: 1_000_000)),
            Poison("a forged deletion", forged(record, version: 2, .deleted)),
            Poison("a forged change set", forged(record, version: 2, changeSet: try others(of: record))),
            Poison("a foreign epoch", forged(record, version: 2, in: foreign(record.epoch.number))),
            Poison("a later epoch", forged(record, version: 1, in: foreign(record.epoch.number + 1))),
        ]
    }

    /// An event of which every hash holds; only nobody ever published this version.
    private static func forged(
        _ record: VersionRecord, version: Int64, _ type: ChangeType = .updated, in epoch: Epoch? = nil,
        changeSet: ChangeSet? = nil
    ) -> [UInt8] {
        var object = JSONObject()
        object["evil"] = .bool(true)
        let forgery = VersionRecord(
            key: record.key, version: version, changeType: version == 1 ? .created : type,
            content: type == .deleted ? .empty : Content(object), previousHash: version == 1 ? nil : record.recordHash,
            epoch: epoch ?? record.epoch, changeID: "forged-\(version)", changeSet: changeSet,
            createdAt: record.createdAt,
            createdBy: "nobody", comment: "")
        return ConfigEvent(forgery).jsonBytes
    }

    /// A set that its own list proves, and the version is not in it.
    private static func others(of record: VersionRecord) throws -> ChangeSet {
        ChangeSet(
            epoch: record.epoch, changeID: "forged-2",
            versions: [(try DocumentKey(service: "another", environment: "prod"), 1)])
    }

    private static func foreign(_ number: Int64) -> Epoch {
        Epoch(number: number, identifier: "00000000-0000-4000-8000-000000000000")
    }

    private static func edited(_ description: String, _ body: [UInt8], _ old: String, _ new: String) throws -> Poison {
        let text = String(decoding: body, as: UTF8.self)
        guard text.contains(old) else { throw NothingToEdit(text: old) }
        return Poison(description, Array(text.replacing(old, with: new).utf8))
    }

    private struct NothingToEdit: Error {
        let text: String
    }
}

/// Somebody who may publish on the test's exchange and should not.
final class Poisoner: Sendable {
    /// Tells its messages from a registry's.
    static let messageID = "poison"

    private let bus: RabbitBus

    fileprivate init(_ bus: RabbitBus) { self.bus = bus }

    /// Publishes to all who follow the document.
    func publish(_ body: [UInt8], about key: DocumentKey) async throws {
        try await bus.publish(
            BusMessage(
                routingKey: "config.updated", copyTo: ["config.\(key.environment).\(key.service)"],
                messageID: Self.messageID, type: "ConfigUpdated", timestamp: 0, body: body))
    }
}

extension TestBench {
    /// Somebody who can publish on the test's exchange.
    func startPoisoner() async throws -> Poisoner {
        let bus = try bus(named: "poisoner")
        runBeside { try await bus.run() }
        try await eventually("the connection of the poisoner") { bus.status == .connected }
        return Poisoner(bus)
    }
}
