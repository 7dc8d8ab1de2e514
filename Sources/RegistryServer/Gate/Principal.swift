/// Who sent a request.
package enum Principal: Sendable, Equatable {
    /// A client on this machine, which needs no credential while the registry listens on loopback only.
    case loopback
}
