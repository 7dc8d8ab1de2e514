import ConfigAccess
import ConfigModel
import RegistryAPI

extension TokenFacts {
    /// What a client learns about a token.
    init(_ token: AccessToken, at now: Timestamp) {
        self.init(
            id: token.id, name: token.name, grants: token.grants.map(\.description),
            rights: token.rights.map(\.rawValue).sorted(),
            status: token.revokedAt != nil ? .revoked : token.isLiving(at: now) ? .active : .expired,
            createdAt: token.createdAt, createdBy: token.createdBy, expiresAt: token.expiresAt, comment: token.comment)
        revokedAt = token.revokedAt
        revokedBy = token.revokedBy
        lastUsedAt = token.lastUsedAt
    }
}

extension IdentityFacts {
    /// What a client learns about an identity.
    init(_ principal: Principal) {
        self.init(
            identity: principal.name, kind: principal.kind.rawValue, tokenID: principal.tokenID,
            grants: principal.grants.map(\.description), rights: principal.rights.map(\.rawValue).sorted(),
            expiresAt: principal.expiresAt)
    }
}

extension DenialFacts {
    /// What a client learns about a denial.
    init(_ denial: Denial) {
        let subject: DenialRequest.Subject =
            switch denial.subject {
            case .identity(let name): .identity(name)
            case .jti(let jti): .jti(jti)
            }
        self.init(
            id: denial.id, subject: subject, until: denial.until, createdAt: denial.createdAt,
            createdBy: denial.createdBy, comment: denial.comment)
    }
}

extension AccessLogLine {
    /// What a client learns about an entry of the access log.
    init(_ entry: AccessLogEntry) {
        self.init(
            at: entry.at, registry: entry.registry, kind: entry.kind.rawValue, action: entry.action,
            status: entry.status, type: entry.type, count: entry.count)
        identity = entry.identity
        tokenID = entry.tokenID
        address = entry.address
        key = entry.subject
    }
}
