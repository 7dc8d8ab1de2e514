/// How a client says who it is.
public enum RegistryCredentials: Sendable, Equatable {
    /// Not at all, or by its certificate (`RegistryTLS`).
    case none
    /// With this token.
    case token(String)
    /// With the token in this file, and nothing else in it. It is read again at every connection, and once after a 401 or 403, so that
    /// it can be replaced while the client runs.
    case tokenFile(String)
}

extension RegistryCredentials: CustomStringConvertible, CustomReflectable {
    /// Without the token.
    public var description: String {
        switch self {
        case .none: "none"
        case .token: "token"
        case .tokenFile(let path): "token in \(path)"
        }
    }

    /// Shows no token.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
