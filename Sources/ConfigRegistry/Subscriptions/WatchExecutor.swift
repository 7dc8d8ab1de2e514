/// Where a watch takes in what is new.
///
/// A thousand watches of one executor take a change in with a few pieces of work, which touch each of them on the thread that uses
/// it anyway.
package struct WatchExecutor: Sendable {
    /// On whatever thread has the news, before it goes on.
    static let immediate = WatchExecutor(identity: nil) { work in work() }

    /// Distinguishes executors.
    let identity: ObjectIdentifier?
    let execute: @Sendable (_ work: @escaping @Sendable () -> Void) -> Void

    /// - Parameter execute: does what it is given later, one after the other and in order. It must neither wait nor call
    ///   the registry.
    package init(
        identity: ObjectIdentifier?, execute: @escaping @Sendable (_ work: @escaping @Sendable () -> Void) -> Void
    ) {
        self.identity = identity
        self.execute = execute
    }
}
