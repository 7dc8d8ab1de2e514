import ConfigModel
import ConfigRegistry
import ConfigStore

extension ChangeSetRequest.Member {
    /// The number as content of a document that may exist or not.
    static func number(
        _ number: Int, _ key: DocumentKey, expecting: ConfigRegistry.Expectation? = nil,
        _ mode: PublishMode = .createOrUpdate
    ) throws -> Self {
        Self(.publish(try .numbered(number), mode), of: key, expected: expecting)
    }
}

extension ChangeSetRequest {
    init(_ members: [Member], changeID: String? = nil, author: String = "tester") {
        self.init(members, origin: .by(author, changeID: changeID))
    }

    /// The same number for several documents.
    static func number(_ number: Int, _ keys: [DocumentKey], changeID: String? = nil) throws -> ChangeSetRequest {
        ChangeSetRequest(try keys.map { try .number(number, $0) }, changeID: changeID)
    }
}

extension DocumentKey {
    /// So many different documents.
    static func several(_ count: Int, prefix: String = "set") throws -> [DocumentKey] {
        try (0..<count).map { try DocumentKey(service: "\(prefix).s\($0)", environment: "prod") }
    }
}

extension Registry {
    /// Every version of these documents, oldest first.
    func records(of keys: [DocumentKey]) async throws -> [VersionRecord] {
        var records: [VersionRecord] = []
        for key in keys { records += try await history(of: key, limit: .max).map(\.record).reversed() }
        return records
    }
}

/// What became of a change set, in a word or two.
func outcomeOfSet(_ write: () async throws -> PublishedSet) async -> String {
    do {
        let set = try await write()
        let members = set.members.map { "\($0.record.changeType.rawValue) \($0.record.version)" }
        return (set.members.allSatisfy(\.isReplay) ? "replay of " : "") + members.joined(separator: ", ")
    } catch let error as RegistryError {
        return error.shortName
    } catch {
        return "\(error)"
    }
}
