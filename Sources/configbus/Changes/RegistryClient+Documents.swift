import ConfigModel
import RegistryAPI
import RegistryClient

extension RegistryClient {
    /// The newest version of a document that must exist.
    func livingHead(of key: DocumentKey, isFresh: Bool = false) async throws -> ServedContent {
        switch try await head(of: key, isFresh: isFresh) {
        case .content(let served): return served
        case .deleted(let tombstone):
            throw CommandFailure.refused(
                "\(key) was deleted with version \(tombstone.version). 'configbus rollback' brings a version back."
            ).with("type", .string("deleted"))
        case .unknown, .notModified: throw await missing(key)
        }
    }

    /// The newest version as the store has it now; nil when there is no living one, or none that can be read: a new version
    /// is what mends a damaged one.
    func currentContent(of key: DocumentKey) async throws -> ServedContent? {
        do {
            guard case .content(let served) = try await head(of: key, isFresh: true) else { return nil }
            return served
        } catch  where [.failed, .invalidAnswer, .answerTooLarge].contains(error.code) {
            return nil
        }
    }

    /// Calls the registry about a document; when it never existed the failure says where it does.
    func about<Result>(_ key: DocumentKey, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as RegistryClientError where error.code == .notFound {
            // A version that does not exist may be one of a document that does not.
            let type = error.problem?.type
            guard type == "unknown" || type == "unknown-version", case .unknown? = try? await head(of: key) else {
                throw error
            }
            throw await missing(key)
        }
    }

    /// The failure for a document that never existed.
    func missing(_ key: DocumentKey) async -> CommandFailure {
        let sentence = "There is no document \(key)"
        guard let environments = try? await environments(of: key.service), !environments.isEmpty else {
            return .unknown("\(sentence). 'configbus list' shows what there is, 'configbus publish' makes it.")
        }
        return .unknown("\(sentence); it exists in: \(environments.joined(separator: ", ")).")
    }

    /// The environments in which a service has a living document.
    private func environments(of service: String) async throws -> [String] {
        try await headSummaries(ListRequest(service: service)).elements.map(\.key.environment)
    }
}
