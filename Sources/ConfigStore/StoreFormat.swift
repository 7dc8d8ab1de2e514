/// The number of the format in which a store keeps its data. Registries of one release and the next share a store; a format
/// that an older program would misread gets a higher number.
package enum StoreFormat {
    /// Stands in the place of the number while a backup is being restored, so that older programs refuse the store too.
    package static let restoring: Int64 = 1_000_000

    /// Why a store of a newer format is not used, without a full stop: what lies in `place` has the format `stored`.
    package static func refusal(_ place: String, stored: Int64, known: Int64) -> String {
        "\(place) was written by a newer version of configbus (its format is \(stored), this program knows \(known)): "
            + "use that version"
    }
}
