import ConfigModel

extension ReloadState {
    /// Why the newest version does not run, as far as it is known.
    var obstacle: String {
        if let reason = rejection ?? refusal?.description ?? setWait?.reason { return reason }
        guard start.unread.isEmpty else {
            return start.obstacle ?? (areFiles ? "The file has not been read yet." : "The source has not answered yet.")
        }
        if newest == DocumentLayers() {
            return areFiles ? "There is no file of \(key)." : "There is no document \(key)."
        }
        if !newest.hasContent { return "The document \(key) was deleted." }
        return isPaused ? "New versions wait until they are let in." : "It is being loaded."
    }
}
