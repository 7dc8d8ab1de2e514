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

    /// - Parameter path: the file, for people who look.
    func json(of path: String) -> JSONValue {
        var object = JSONObject()
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
    private let path: String

    /// - Parameter cache: the agent's folder.
    init(of target: String, in cache: String) {
        self.target = target
        let name = SHA256Text.hash(Array(target.utf8)).dropFirst(SHA256Text.prefix.count)
        path = FilePath(cache).appending("files").appending("\(name).json").string
    }

    /// nil when there is none.
    func read() throws -> AgentRecord? {
        do {
            return AgentRecord(parsing: try RegularFile.read(path, limit: 1 << 16))
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
    }

    func write(_ record: AgentRecord) throws {
        try Folder.make(FilePath(path).removingLastComponent().string)
        try DurableFile.replace(path, with: record.json(of: target).canonicalBytes)
    }
}
