package import ConfigAccess

extension Denial.Subject {
    /// How a store keeps it.
    package var stored: (kind: String, text: String) {
        switch self {
        case .identity(let name): ("identity", name)
        case .jti(let text): ("jti", text)
        }
    }

    /// Reads what a store keeps; nil for a kind that this program does not know.
    package init?(storedKind kind: String, text: String) {
        switch kind {
        case "identity": self = .identity(text)
        case "jti": self = .jti(text)
        default: return nil
        }
    }
}
