import ConfigAccess
import ConfigModel
package import Hummingbird
import NIOCore
import RegistryAPI

/// What is known about a request while it is handled.
package struct ServerContext: RequestContext {
    /// What Hummingbird keeps of a request.
    package var coreContext: CoreRequestContextStorage
    /// The connection.
    let channel: any Channel
    /// What the gate decided when the request arrived; nil when it came over no connection.
    let admission: Admission?
    /// Nil until the gate has let the request in.
    var principal: Principal?
    /// What the request's body may take of memory; nil until it is let in.
    var bodyShare: BodyShare?
    /// Nil until the route is known.
    var access: Access?

    /// Taken from the connection.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
        admission = Admission.current
    }

    /// Has the route's action permitted for what it concerns, and takes what it costs of what the identity may ask. Each handler
    /// calls it once, when it knows what the action concerns, before it reads anything.
    ///
    /// - Parameters:
    ///   - cost: how many requests it counts as.
    ///   - requestClass: what it is counted as; nil for the action's.
    /// - Throws: the gate's refusal.
    func authorise(
        _ scope: ActionScope, cost: Int = 1, as requestClass: RequestClass? = nil
    ) throws(Problem) {
        try permit(scope)
        try access?.charge(cost, as: requestClass)
    }

    /// Has the route's action permitted for something that it concerns besides.
    ///
    /// - Throws: the gate's refusal.
    func permit(_ scope: ActionScope) throws(Problem) {
        guard let access else {
            throw Problem(.failed, "The registry handled a request that was not let in; please report this.")
        }
        try access.permit(scope)
    }

    /// Has another action than the route's permitted, which it implies.
    ///
    /// - Throws: the gate's refusal.
    func permit(_ scope: ActionScope, for action: Action) throws(Problem) {
        guard var access else { return try permit(scope) }
        access.action = action
        try access.permit(scope)
    }

    /// Has it permitted that findings are let pass: those of a schema only by an administrator, others by each author.
    ///
    /// - Throws: the gate's refusal.
    func permit(_ overrides: CheckOverrides, of key: DocumentKey) throws(Problem) {
        guard overrides.concernSchemas else { return }
        try permit(.document(key), for: .overrideSchema)
    }

    /// Says which documents the client may see in what it asked for without naming them; nil for all of them.
    var mayRead: (@Sendable (DocumentKey) -> Bool)? {
        // Without a principal nothing is read: no route is reached.
        guard let principal else { return { _ in false } }
        return principal.readsEverything ? nil : { @Sendable key in principal.reads(key) }
    }
}
