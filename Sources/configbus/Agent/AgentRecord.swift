import AsyncSupport
import ConfigModel
import SystemPackage

/// What the agent knows about a file across restarts: which content took effect last, and which one was about to. A change that
/// was interrupted is made right by it.
struct AgentRecord: Sendable, Equatable {
    /// The hash of the content that took effect; nil when there was no file.
    var effective: String?
    /// The hash of the content that is being brought into effect; nil when nothing is.
    var pending: String?
    /// The version that took effect; nil before the first.
    var applied: String?
    /// The version whose file was removed, because its document was deleted.
    var removed: String?
}

extension AgentRecord {
    /// What is pending while the file of a deleted document is removed. No content has this hash.
    static let removal = "removal"

    /// nil for what this version of the agent did not write.
    init?(parsing bytes: [UInt8]) {
        guard case .object(let object) = try? JSONValue(parsing: bytes) else { return nil }
        do throws(JSONFieldError) {
            effective = try object.optionalString("effective")
            pending = try object.optionalString("pending")
            applied = try object.optionalString("applied")
            removed = try object.optionalString("removed")
        } catch {
            return nil
        }
    }

    /// - Parameters:
    ///   - path: the file.
    ///   - key: the document that it is of.
    func json(of path: String, for key: DocumentKey) -> JSONValue {
        var object = JSONObject()
        object["document"] = .string(key.description)
        object["path"] = .string(path)
        object["effective"] = effective.map { .string($0) }
        object["pending"] = pending.map { .string($0) }
        object["applied"] = applied.map { .string($0) }
        object["removed"] = removed.map { .string($0) }
        return .object(object)
    }
}

/// Where the record of a file is kept.
struct AgentRecordFile: Sendable {
    /// The file that the record is about.
    let target: String
    /// The document that it is of.
    let key: DocumentKey
    private let path: String

    /// - Parameter cache: the agent's folder.
    init(of target: String, for key: DocumentKey, in cache: String) {
        self.target = target
        self.key = key
        path = Self.path(of: target, in: cache)
    }

    /// The records of an earlier process but those of files that it removed.
    ///
    /// - Throws: `Errno` when the folder cannot be read.
    static func all(in cache: String) throws -> [AgentRecordFile] {
        let folder = Self.folder(in: cache)
        guard try Stat.ofLink(folder) != nil else { return [] }
        let entries = try OpenFolder.with(folder) { try $0.entries() }
        return entries.compactMap { entry in
            guard entry.kind == .file, let name = entry.name, name.hasSuffix(".json") else { return nil }
            let path = FilePath(folder).appending(name).string
            guard let bytes = try? RegularFile.read(path, limit: limit), let record = AgentRecord(parsing: bytes),
                record.removed == nil || record.pending != nil,
                case .object(let object) = try? JSONValue(parsing: bytes),
                let target = try? object.string("path"), let text = try? object.string("document"),
                let key = try? DocumentKey(parsing: text), path == Self.path(of: target, in: cache)
            else { return nil }
            return AgentRecordFile(of: target, for: key, in: cache)
        }
    }

    /// More than any record has.
    private static let limit = 1 << 16

    private static func folder(in cache: String) -> String { FilePath(cache).appending("files").string }

    private static func path(of target: String, in cache: String) -> String {
        let name = SHA256Text.hash(Array(target.utf8)).dropFirst(SHA256Text.prefix.count)
        return FilePath(folder(in: cache)).appending("\(name).json").string
    }

    /// nil when there is none.
    func read() throws -> AgentRecord? {
        do {
            return AgentRecord(parsing: try RegularFile.read(path, limit: Self.limit))
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
    }

    func write(_ record: AgentRecord) throws {
        try Folder.make(FilePath(path).removingLastComponent().string)
        try DurableFile.replace(path, with: record.json(of: target, for: key).canonicalBytes)
    }
}
