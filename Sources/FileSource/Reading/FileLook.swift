import ConfigModel

/// What one look at a file found.
enum FileLook: Sendable, Equatable {
    /// A content, and when it was written.
    case content(Content, Timestamp)
    /// Something else; `text` is what names the bytes that were read, when there were any.
    case unreadable(FileFault, text: String?)
    /// It changed while this was read, which may be of two moments.
    indirect case changing(FileLook)
    /// Nothing is there.
    case gone
}
