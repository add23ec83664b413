// tables.cc -- see tables.h: each call is Xapian's, with its exceptions made
// statuses.
#include "store/tables.hh"

#include <cerrno>
#include <memory>

#include <unistd.h>

#include "store/guard.hh"

using kzi::guarded;

namespace {

// Xapian closes the descriptor that it is given.
Xapian::Database open_at(int fd, uint64_t offset)
{
	int mine = dup(fd);

	if (lseek(mine, static_cast<off_t>(offset), SEEK_SET) < 0)
		throw Xapian::DatabaseOpeningError("cannot be read", errno);
	return Xapian::Database(mine, Xapian::DB_BACKEND_GLASS);
}

kz_status open(struct kzi_tables **out, const char *folder, int fd,
	uint64_t offset, const char *path, kz_error *err) noexcept
{
	*out = nullptr;
	return guarded(path, err, [&] {
		std::unique_ptr<kzi_tables> tables(new kzi_tables);

		tables->path = path;
		tables->db = folder
			? Xapian::Database(folder, Xapian::DB_BACKEND_GLASS)
			: open_at(fd, offset);
		*out = tables.release();
		return KZ_OK;
	});
}

void close(struct kzi_tables *tables) noexcept
{
	delete tables;
}

kz_status look(const struct kzi_tables *tables, const char *folder,
	kz_error *err) noexcept
{
	kz_status status = guarded(tables->path.c_str(), err, [&] {
		Xapian::Database now(folder, Xapian::DB_BACKEND_GLASS);

		return now.get_revision() == tables->db.get_revision()
			? KZ_END
			: KZ_OK;
	});

	return status == KZ_ERR_STALE ? KZ_OK : status;
}

kz_status get(const struct kzi_tables *tables, const char *key,
	struct kzi_buf *value, kz_error *err) noexcept
{
	return guarded(tables->path.c_str(), err, [&] {
		const std::string raw = tables->db.get_metadata(key);

		kzi_buf_append(value, raw.data(), raw.size());
		return value->failed ? kzi_fail_memory(err) : KZ_OK;
	});
}

kz_status count(const struct kzi_tables *tables, uint64_t *passages,
	kz_error *err) noexcept
{
	return guarded(tables->path.c_str(), err, [&] {
		*passages = tables->db.get_doccount();
		return KZ_OK;
	});
}

} // namespace

// Shown to who loads it (tables_carried.c); libkalauz.so shows none of it.
extern "C" __attribute__((visibility("default")))
const struct kzi_xapian kzi_xapian = { open, close, look, get, count,
	kzi::match };
