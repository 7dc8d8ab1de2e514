import ConfigModel
import RegistryAPI
import RegistryClient

/// What became of a command that writes: the version that the document has now, and what it changed.
struct WriteReport {
    let record: VersionRecord
    /// Against the version before; nil when that could not be read.
    let changes: [ContentChange]?
    /// What checks say about it, which refused nothing.
    var warnings: [CheckFinding] = []
    /// True when the document had this content already, so that no version was made.
    var isUnchanged = false
    /// Set when the same command made this version before, to the newest version of the document.
    var repeatedBefore: Int64?

    func print(_ output: OutputOptions) throws {
        CheckWarnings.say(warnings)
        try output.print(json) { text(for: .output) }
    }

    /// More lines than this are no summary any more.
    private static let shownChanges = 20
    /// Characters of a value.
    private static let shownCharacters = 60

    private func text(for stream: StandardStream) -> String {
        guard !isUnchanged else {
            return
                "\(record.key) is unchanged: version \(record.version) has this content. --force makes a new version."
        }
        if let newest = repeatedBefore {
            return Self.repeatedLine(record, newest: newest)
        }
        var lines = [record.line]
        let changes = changes ?? []
        lines += changes.prefix(Self.shownChanges).map { $0.line(for: stream, width: Self.shownCharacters) }
        if changes.count > Self.shownChanges {
            let key = record.key
            lines.append(
                "and \(Count.text(changes.count - Self.shownChanges, "more change")): configbus diff \(key.service) "
                    + "\(record.version - 1) \(record.version) --environment \(key.environment)")
        }
        return lines.joined(separator: "\n")
    }

    /// What a repeated command says of a document.
    static func repeatedLine(_ record: VersionRecord, newest: Int64) -> String {
        "\(record.key.title): this command made version \(record.version) before, and changed nothing now."
            + (newest > record.version ? " The newest version is \(newest)." : "")
    }

    /// The record, with what changed.
    private var json: JSONValue {
        get throws {
            guard case .object(var object) = try record.json else { return try record.json }
            object["unchanged"] = .bool(isUnchanged)
            if repeatedBefore != nil { object["repeated"] = .bool(true) }
            object["changes"] = changes.map { .array($0.map(\.json)) }
            if !warnings.isEmpty { object["warnings"] = .array(warnings.map(\.json)) }
            return .object(object)
        }
    }
}

extension WriteReport {
    /// A document that was left as it is.
    static func unchanged(_ record: VersionRecord) -> WriteReport {
        WriteReport(record: record, changes: [], isUnchanged: true)
    }

    /// A version that the same command made before.
    ///
    /// - Parameter newest: the newest version of the document.
    static func repetition(_ record: VersionRecord, newest: Int64) -> WriteReport {
        WriteReport(record: record, changes: [], repeatedBefore: newest)
    }

    /// A version that was made.
    ///
    /// - Parameter head: what was read before; another writer may have been faster, and then the version before is read.
    static func made(
        _ written: WrittenVersion, after head: ServedContent?, _ client: RegistryClient
    ) async -> WriteReport {
        let record = written.record
        // A version that was there before the write is the answer to a repeated request.
        if let head, record.version <= head.version { return .repetition(record, newest: head.version) }
        let secrets = FoundSecrets(written.warnings, in: record)
        return WriteReport(
            record: record, changes: (try? await changes(record, head, client)).map(secrets.hidden),
            warnings: written.warnings)
    }

    private static func changes(
        _ record: VersionRecord, _ head: ServedContent?, _ client: RegistryClient
    ) async throws -> [ContentChange] {
        var old = JSONObject()
        if let head, head.version == record.version - 1 {
            old = try head.content.object
        } else if record.version > 1 {
            old = try await client.version(record.version - 1, of: record.key).content.object
        }
        return ContentChange.all(from: old, to: try record.content.object)
    }
}
