import ConfigModel
import ConfigStore

/// The head that a write builds on.
struct WriteBase {
    let head: WriteHead?
    /// True when it was proven after the request came in, so that a refusal may rest on it.
    let isProven: Bool
}
