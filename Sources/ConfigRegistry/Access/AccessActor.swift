package import ConfigAccess

/// Who does an act of administration, and from where.
package struct AccessActor: Sendable, Equatable {
    /// The identity.
    package let principal: Principal
    /// Where its request came from; nil for what comes over no connection.
    package let address: String?

    /// Puts both together.
    package init(_ principal: Principal, address: String? = nil) {
        self.principal = principal
        self.address = address
    }
}

extension AccessActor {
    /// The one who has the credentials of the store itself.
    static let store = AccessActor(Principal(kind: .store, name: "store", grants: [.administrator]))
}

/// An act of administration, for the access log.
struct AccessAct: Sendable {
    /// What kind, as the type of the entry.
    enum Kind: String {
        case tokenCreated = "token-created"
        case tokenRevoked = "token-revoked"
        case tokenRotated = "token-rotated"
        case tokenBootstrapped = "token-bootstrapped"
        case tokenBootstrapFailed = "token-bootstrapped-failed"
        case denialAdded = "denial-added"
        case denialRemoved = "denial-removed"
        case authenticationSet = "authentication-set"
        case checksOverridden = "checks-overridden"
        case versionsRemoved = "versions-removed"
        case backupMade = "backup-made"
    }

    let kind: Kind
    let action: Action
    /// What it concerns: a token's name and identifier, for example.
    let subject: String
    /// The status of the response when it is done.
    var status = 200
}
