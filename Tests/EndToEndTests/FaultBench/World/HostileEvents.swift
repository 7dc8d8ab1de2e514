import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

/// Events that no registry sends, made from those that one sent just now.
enum HostileEvents: CaseIterable {
    case duplicate
    case reordered
    case truncated
    case forged
    case oversized

    /// How often they are sent.
    static let rounds = 3

    struct Message: Sendable {
        let key: DocumentKey
        let body: [UInt8]
    }

    var injected: String {
        switch self {
        case .duplicate: "three times the last 30 events once more"
        case .reordered: "three times the last 30 events backwards"
        case .truncated: "three times the last 30 events, each cut somewhere"
        case .forged:
            "three times events of the next versions that nobody published, unsigned and signed by another key"
        case .oversized: "three times events with 2 MB and 16 MB of content, and 16 MB of noise"
        }
    }

    /// What is sent next.
    func messages(in world: FaultCluster) throws -> [Message] {
        let recent = world.heard.announcements.suffix(30)
        switch self {
        case .duplicate: return recent.map { Message(key: $0.event.key, body: $0.body) }
        case .reordered: return recent.reversed().map { Message(key: $0.event.key, body: $0.body) }
        case .truncated:
            return recent.map { announcement in
                let length = Int.random(in: 0..<announcement.body.count)
                return Message(key: announcement.event.key, body: Array(announcement.body.prefix(length)))
            }
        case .forged: return try recent.suffix(5).flatMap { try Self.forgeries(of: $0.event) }
        case .oversized: return try recent.suffix(1).flatMap { try Self.oversized(after: $0.event) }
        }
    }

    /// Of the next versions, with hashes that hold: once unsigned, once signed by a key that nobody trusts.
    private static func forgeries(of event: ConfigEvent) throws -> [Message] {
        let stranger = try RecordSigner.generate()
        return try (Int64(1)...3).flatMap { step in
            let record = forgery(of: event, step: step, ballast: 10)
            let signed = record.signed(try stranger.sign(record))
            return [record, signed].map { Message(key: event.key, body: ConfigEvent($0).jsonBytes) }
        }
    }

    private static func oversized(after event: ConfigEvent) throws -> [Message] {
        let size = 16 << 20
        let noise = [UInt8](repeating: UInt8(ascii: "{"), count: size)
        let next = ConfigEvent(forgery(of: event, step: 1, ballast: 10)).jsonBytes
        let bodies = try [swollen(next, by: 2 << 20), swollen(next, by: size), noise]
        return bodies.map { Message(key: event.key, body: $0) }
    }

    /// The event with that much more in its content. Put in here, because making it of a record takes seconds.
    private static func swollen(_ body: [UInt8], by count: Int) throws -> [UInt8] {
        let ballast = try #require(body.firstRange(of: Array("xxx".utf8)))
        var body = body
        body.insert(contentsOf: [UInt8](repeating: UInt8(ascii: "x"), count: count), at: ballast.lowerBound)
        return body
    }

    private static func forgery(of event: ConfigEvent, step: Int64, ballast: Int) -> VersionRecord {
        var object = JSONObject()
        object["evil"] = .string(String(repeating: "x", count: ballast))
        return VersionRecord(
            key: event.key, version: event.version + step, changeType: .updated, content: Content(object),
            previousHash: event.recordHash, epoch: event.epoch, changeID: "forged-\(event.version + step)",
            createdAt: event.createdAt, createdBy: "nobody", comment: "")
    }
}
