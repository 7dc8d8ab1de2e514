/// Whether messages can be published at present.
public enum BusStatus: Sendable, Equatable {
    /// Messages are taken.
    case connected
    /// Connected, but the broker asks publishers to wait.
    case blocked(reason: String)
    /// Not connected; the bus keeps trying.
    case disconnected(reason: String)
}
