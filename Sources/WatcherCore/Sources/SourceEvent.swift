public import ConfigModel

/// What a source says about one document.
public enum SourceEvent: Sendable {
    /// A version was announced where others can write too, for example on a message bus. It is a hint: it counts when a
    /// trusted key signed it, or when the source confirms it.
    case announced(ConfigEvent)
    /// The source read this version from its store and sends it by itself; it counts like the response to a read.
    case served(ConfigEvent)
    /// The document may have another version than the one that was read last: it is read now.
    ///
    /// - isFresh: what the source remembers is not enough, because something may have been missed that is newer.
    case mayHaveChanged(isFresh: Bool)
    /// From now on versions are announced; what was published before may have been missed, so the document is read.
    case established
    /// Announcements may be missed from now on.
    case interrupted
    /// The source has sent the newest version of the document, in this epoch, unless it is the one that was confirmed before.
    case synced(Epoch)
    /// So long ago the source knew that it had sent the newest version.
    case proved(age: Duration)
    /// The newest version, with this number, is damaged in the source's store and is not served.
    case damaged(version: Int64)
}
