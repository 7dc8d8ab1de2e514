import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore

/// The identities that a store keeps, as the gate uses them. All but the look-up is answered from memory.
protocol KnownIdentities: Sendable {
    /// The store says that every caller needs a credential.
    var isRequired: Bool { get }

    /// Rises with each change of what is known.
    var generation: UInt64 { get }

    /// False when what is known is too old to count.
    var isKnown: Bool { get }

    /// Whose token it is.
    func check(_ token: TokenText, at now: Timestamp) -> AccessTable.Check

    /// Whose token it is, when memory does not know; the store is read for it.
    func lookUp(_ token: TokenText, at now: Timestamp) async -> AccessTable.Check

    /// Whether an identity that was let in still counts.
    func standing(of principal: Principal, at now: Timestamp) -> AccessTable.Standing

    /// Notes that a token was used.
    func noteUse(_ tokenID: String, at now: Timestamp)

    /// Waits until the generation is another one, or the task is cancelled.
    func wait(after generation: UInt64) async
}

extension AccessKeeper: KnownIdentities {
    var isRequired: Bool { rule == .required }
}
