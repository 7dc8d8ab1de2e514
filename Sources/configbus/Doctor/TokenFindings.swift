import ConfigModel
import RegistryAPI
import RegistryClient

/// Tokens that need attention.
struct TokenFindings {
    /// What counts of a token that is living.
    struct Token: Sendable {
        let id: String
        let name: String
        let createdAt: Timestamp
        let expiresAt: Timestamp?
        let lastUsedAt: Timestamp?
    }

    private static let day: Int64 = 86_400_000
    private static let soon = 7 * day
    private static let long = 90 * day
    /// So many are named.
    private static let namedLimit = 10

    let now: Timestamp

    /// What the registry says of the tokens that the caller administers; nothing for a caller that administers none.
    func findings(at client: RegistryClient) async -> [Finding] {
        guard let tokens = try? await client.tokens() else { return [] }
        return findings(
            tokens.filter { $0.status == .active }.map {
                Token(
                    id: $0.id, name: $0.name, createdAt: $0.createdAt, expiresAt: $0.expiresAt,
                    lastUsedAt: $0.lastUsedAt)
            })
    }

    /// - Parameter tokens: the living ones that the caller may see.
    func findings(_ tokens: [Token]) -> [Finding] {
        let ending = tokens.filter { token in
            token.expiresAt.map { $0.milliseconds - now.milliseconds <= Self.soon } ?? false
        }
        let endless = tokens.filter { $0.expiresAt == nil }
        let unused = tokens.filter { now.milliseconds - ($0.lastUsedAt ?? $0.createdAt).milliseconds >= Self.long }
        let findings = [
            finding(ending, "end within 7 days", "make others in their place with 'configbus token rotate ID'"),
            finding(endless, "never end", "rotate them, so that a leak ends by itself"),
            finding(unused, "were not used for 90 days", "revoke them with 'configbus token revoke ID'"),
        ].compactMap(\.self)
        guard findings.isEmpty else { return findings }
        return [Finding(check: "tokens", status: .good, detail: "\(tokens.count) living tokens; none needs attention.")]
    }

    private func finding(_ tokens: [Token], _ what: String, _ advice: String) -> Finding? {
        guard !tokens.isEmpty else { return nil }
        var names = tokens.prefix(Self.namedLimit).map { "\($0.name) (\($0.id))" }
        if tokens.count > names.count { names.append("\(tokens.count - names.count) more") }
        return Finding(
            check: "tokens", status: .warning,
            detail: "These tokens \(what): \(names.joined(separator: ", ")); \(advice).")
    }
}
