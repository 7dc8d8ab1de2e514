import ConfigAccess
import ConfigModel
import RegistryAPI
import RegistryClient

/// Which documents a caller of a registry can see: the others are in no list that it gets.
struct ReadableDocuments: Sendable, Equatable {
    /// Every document.
    static let all = ReadableDocuments([.everything])

    /// Sorted, and none of them within another one.
    let patterns: [DocumentPattern]

    init(_ patterns: [DocumentPattern]) {
        let all = Set(patterns)
        self.patterns = all.filter { pattern in !all.contains { $0 != pattern && $0.includes(pattern) } }
            .sorted { $0.description < $1.description }
    }

    /// True when nothing was hidden.
    var isAll: Bool { patterns == [.everything] }

    /// True for a document that the caller sees when it is there.
    func includes(_ key: DocumentKey) -> Bool { patterns.contains { $0.matches(key) } }
}

extension ReadableDocuments {
    /// Those of the caller.
    static func of(_ client: RegistryClient) async throws -> ReadableDocuments {
        let facts: IdentityFacts
        do {
            facts = try await client.access()
        } catch {
            // A registry that keeps no identities shows everything.
            guard error.code == .forbidden else { throw error }
            return .all
        }
        return ReadableDocuments(
            facts.grants.compactMap { try? Grant(parsing: $0) }.filter(\.role.reads).map(\.documents))
    }
}

extension ReadableDocuments: CustomStringConvertible {
    /// For sentences.
    var description: String { patterns.map(\.description).joined(separator: ", ") }

    /// For programs.
    var json: JSONValue { .array(patterns.map { .string($0.description) }) }

    /// nil for what is no list of patterns.
    init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        var patterns: [DocumentPattern] = []
        for element in elements {
            guard case .string(let text) = element, let pattern = try? DocumentPattern(parsing: text) else {
                return nil
            }
            patterns.append(pattern)
        }
        self.init(patterns)
    }
}
