/// Which placeholders like `${NAME}` in a document's strings are replaced by environment variables of this process.
///
/// `${NAME}`, `${NAME:-default}` (also when it is empty), `${NAME-default}` (only when it is not set); `$${` is a literal
/// `${`. `${int:NAME}`, `${number:NAME}` and `${bool:NAME}`, alone in their string, make a value of that type.
public enum Placeholders: Sendable, Hashable {
    /// None: strings are taken as they are. The default for a registry, whose publishers would read this host's environment.
    case none
    /// All. The default for files on this machine.
    case all
    /// Those that are listed; any other rejects the document.
    case allowing(Set<String>)
}

extension Placeholders {
    func allows(_ name: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .allowing(let names): names.contains(name)
        }
    }
}
